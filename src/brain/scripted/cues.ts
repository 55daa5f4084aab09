/**
 * The first sentence of a line about what the floor remembers, for a model that goes on in words of its own: it says what happened
 * and to whom, and ends, so that nothing which follows can make it untrue. As plain as a cue card: the voice is the model's.
 */
import type { Bank, RecallSituation } from '#core/script.ts';

export const CUES = {
  'marginCall.me': [
    'I was margin-called.',
    'My margin call left me {amount}.',
    'Yes, I got the margin call.',
    'They margin-called me!',
  ],
  'marginCall.you': [
    'They margin-called you, {who}!',
    '{who}, you were margin-called.',
    'Your margin call, {who}: {amount} left.',
    'I saw your margin call, {who}.',
  ],
  'marginCall.they': [
    '{who} was margin-called!',
    'They margin-called {who}.',
    'The margin desk called {who}: {amount} left.',
    'Poor {who} was margin-called.',
  ],
  'bankruptcy.me': ['I am bankrupt.', 'I went bankrupt!', 'Yes, I am bankrupt.', 'So I was wiped out.'],
  'bankruptcy.you': [
    'You went bankrupt, {who}!',
    '{who}, you are bankrupt.',
    'I read your obituary, {who}.',
    'They wiped you out and you went bankrupt, {who}.',
  ],
  'bankruptcy.they': [
    '{who} went bankrupt!',
    'So {who} is bankrupt.',
    'They read the obituary of {who}.',
    'Have a tear for {who}, who went bankrupt.',
  ],
  'comeback.me': [
    'I came back with {amount}!',
    'They bailed me out.',
    'I am back from the dead.',
    'The office gave me a loan of {amount}.',
  ],
  'comeback.you': [
    'They bailed you out, {who}!',
    '{who}, you came back with {amount}.',
    'You came back, {who}!',
    'The office gave you a loan, {who}.',
  ],
  'comeback.they': [
    'They bailed {who} out!',
    '{who} came back with {amount}.',
    'The office gave {who} a loan.',
    'So {who} is back from the dead.',
  ],
  'lead.me': [
    'I took the lead from {by}!',
    'I am in the lead by {amount}.',
    'Look who is in the lead: I am!',
    'My name leads the board.',
  ],
  'lead.lost': [
    '{who} took the lead from me.',
    'I lost the lead to {who}.',
    'You took my lead, {who}!',
    'So {who} has the lead, by {amount}.',
  ],
  'lead.you': [
    '{who}, you took the lead from {by}!',
    'You are in the lead, {who}.',
    'You lead the board by {amount}, {who}.',
    'So you have the lead, {who}!',
  ],
  'lead.they': [
    '{who} took the lead from {by}!',
    'So {who} is in the lead.',
    'They say {who} leads the board by {amount}.',
    '{who} leads the floor now.',
  ],
  'chaos.all': [
    'This is chaos, pure chaos.',
    'Somebody pressed the red button.',
    'That was chaos!',
    'The chaos hit us all.',
  ],
  'winningRun.me': [
    'I am up {count} rounds in a row!',
    'That is {count} straight wins for me.',
    'My book is up {count} rounds running.',
    'I won {amount} in {count} rounds running!',
  ],
  'winningRun.you': [
    '{who}, you are up {count} rounds in a row!',
    'You won {count} straight, {who}.',
    'That is {count} straight wins for you, {who}.',
    'You are up {count} rounds running, {who}!',
  ],
  'winningRun.they': [
    '{who} is up {count} rounds in a row!',
    'That is {count} straight wins for {who}.',
    'They say {who} won {amount} in {count} rounds running.',
    'So {who} won {count} straight.',
  ],
  'losingRun.me': [
    'I am down {count} rounds in a row.',
    'That is {count} straight losses for me.',
    'My book is down {count} rounds running!',
    'I lost {amount} in {count} rounds running.',
  ],
  'losingRun.you': [
    '{who}, you are down {count} rounds in a row.',
    'You lost {count} straight, {who}!',
    'That is {count} straight losses for you, {who}.',
    'You are down {count} rounds running, {who}.',
  ],
  'losingRun.they': [
    '{who} is down {count} rounds in a row.',
    'That is {count} straight losses for {who}.',
    'They say {who} lost {amount} in {count} rounds running.',
    'So {who} lost {count} straight!',
  ],
  'goodCall.me': [
    'I was right about {instrument}!',
    'I called {instrument}: {percent}.',
    'Who was right about {instrument}? I was right.',
    'My call on {instrument} was right.',
  ],
  'goodCall.you': [
    '{who}, you called {instrument}!',
    'You were right about {instrument}, {who}.',
    'Your call on {instrument} was right, {who}.',
  ],
  'goodCall.they': [
    '{who} called {instrument}: {percent}!',
    'So {who} was right about {instrument}.',
    'They say {who} called {instrument}.',
  ],
  'badCall.me': [
    'I was wrong about {instrument}.',
    'I had {instrument} upside down.',
    'My call on {instrument} was wrong!',
    'Yes, I was wrong on {instrument}.',
  ],
  'badCall.you': [
    '{who}, you were wrong about {instrument}.',
    'You had {instrument} upside down, {who}!',
    'Your call on {instrument} was wrong, {who}.',
  ],
  'badCall.they': [
    '{who} was wrong about {instrument}: {percent}.',
    'So {who} had {instrument} upside down!',
    'They say {who} was wrong on {instrument}.',
  ],
  'goodAdvice.me': [
    '{by} told me to buy {instrument}, and it made {amount}!',
    'I followed {by} into {instrument} and made {amount}.',
    'The tip of {by} on {instrument} made me {amount}.',
  ],
  'goodAdvice.mine': [
    '{who} listened to me on {instrument} and made {amount}!',
    'I told {who} to buy {instrument}, and it made {amount}.',
    'My tip on {instrument} made {who} {amount}.',
  ],
  'goodAdvice.they': [
    '{who} listened to {by} on {instrument} and made {amount}.',
    'So {by} told {who} to buy {instrument}, and it made {amount}!',
  ],
  'badAdvice.me': [
    '{by} told me to buy {instrument}, and I lost {amount}!',
    'I followed {by} into {instrument} and lost {amount}.',
    'The tip of {by} on {instrument} cost me {amount}.',
  ],
  'badAdvice.mine': [
    '{who} listened to me on {instrument} and lost {amount}.',
    'I told {who} to buy {instrument}, and it cost {amount}!',
    'My tip on {instrument} cost {who} {amount}.',
  ],
  'badAdvice.they': [
    '{who} listened to {by} on {instrument} and lost {amount}.',
    'So {by} told {who} to buy {instrument}, and it cost {amount}!',
  ],
  'mocked.me': ['{by} laughed at me.', 'I remember that {by} mocked me.', 'So {by} made a joke about me!'],
  'mocked.mine': ['I laughed at {who}.', 'Yes, I mocked {who}!', 'My joke about {who} was a good one.'],
  'mocked.they': [
    '{by} laughed at {who}.',
    'I heard how {by} mocked {who}!',
    'So {by} made a joke about {who}.',
  ],
  'comforted.me': ['{by} was kind to me.', 'I remember that {by} comforted me.', 'So {by} was nice to me!'],
  'comforted.mine': ['I was kind to {who}.', 'Yes, I comforted {who}!', 'So I was nice to {who}.'],
  'comforted.they': [
    '{by} was kind to {who}.',
    'I heard how {by} comforted {who}!',
    'So {by} was nice to {who}.',
  ],
} as const satisfies Record<RecallSituation, readonly string[]> & Bank;
