import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spotsOf } from '#test/support/picture-spots.ts';
import { content } from '#test/support/floor.ts';
import { launchBrowser, openWindow } from '#test/support/browser.ts';
import { openRig } from '#test/support/rig.ts';

test('a newcomer opens the page, reads a line, bets with a click and reads a thought', async (t) => {
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const rig = await openRig(t, { rules: { intermissionRounds: 2, episodeRounds: 4 }, seed: 6 });
  const { show, store } = rig.theatre;
  const { page, complaints } = await openWindow(t, browser, rig.backlot);

  await page.getByTestId('persona-switch').selectOption({ label: 'Ann' });

  await t.test('the overview says in one line what this is', async () => {
    await page.getByText('AI traders, one office, play money').waitFor();
  });

  await t.test('a line that a trader really said stands in its room', async () => {
    await rig.play(1);
    const turn = content.cast
      .flatMap((persona) => store.show.turns(persona.id, 1))
      .find((it) => it.decision.speech.length > 20);
    assert.ok(turn);
    const room = content.office.rooms.find((it) => it.id === turn.room);
    await page.locator(`[data-channel="${room?.channel}"]`).first().click();
    await page.getByText(turn.decision.speech.slice(0, 20)).first().waitFor();
  });

  await t.test('a click on a reaction is a stake of 50 chips', async () => {
    const ann = rig.backlot.viewer('Ann');
    await page.locator('[data-channel="betting-window"]').first().click();
    const emoji = content.cast.find((persona) => persona.id === 'sarah')?.emoji ?? '';
    await page.locator(`[data-channel-view] [data-emoji="${emoji}"]`).first().click();
    await ann.until(() => show.audience.stakeOf(ann.id)?.outcome === 'sarah');
    assert.equal(show.audience.wallet(ann.id).chips, 950);
  });

  await t.test('/confess alice is answered privately with the thought of the database', async () => {
    await page.locator('[data-channel="the-gallery"]').first().click();
    await page.getByPlaceholder('Message #the-gallery').waitFor();
    await page.getByTestId('composer').fill('/confess alice');
    await page.keyboard.press('Enter');
    const thought = store.show.turns('alice', 1)[0]?.decision.thought ?? '';
    const reply = page.getByTestId('private-reply').first();
    await reply.getByText(thought.slice(0, 25)).waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('a button under the floor’s picture reads a mind, without leaving the overview', async () => {
    await page.goto(`${rig.backlot.url}/#/`);
    await page.locator('.stage-buttons [data-custom-id="v1:confess:mike"]').click();
    const thought = store.show.turns('mike', 1)[0]?.decision.thought ?? '';
    await page.getByTestId('private-reply').getByText(thought.slice(0, 25)).waitFor();
  });

  await t.test('a click on a trader in the picture reads its mind, a click beside it enlarges', async () => {
    const picture = page.locator('.stage .picture');
    const image = picture.locator('img');
    const file = await page.request.get(
      new URL((await image.getAttribute('src')) ?? '', rig.backlot.url).href,
    );
    const spot = spotsOf(await file.body()).find(({ name }) => name === 'Sarah');
    assert.ok(spot);
    const [left = 0, top = 0, width = 0, height = 0] = spot.box;
    const on = await image.evaluate(
      (element: HTMLImageElement, [x = 0, y = 0]) => {
        const { width: w, height: h } = element.getBoundingClientRect();
        const scale = Math.min(w / element.naturalWidth, h / element.naturalHeight);
        return {
          x: (w - element.naturalWidth * scale) / 2 + x * element.naturalWidth * scale,
          y: (h - element.naturalHeight * scale) / 2 + y * element.naturalHeight * scale,
        };
      },
      [left + width / 2, top + height / 2],
    );
    await image.hover({ position: on });
    await page.locator('.picture.on-spot[title="Sarah"]').waitFor();
    await image.click({ position: on });
    const thought = store.show.turns('sarah', 1)[0]?.decision.thought ?? '';
    await page.getByTestId('private-reply').last().getByText(thought.slice(0, 25)).waitFor();
    await image.click({ position: { x: 3, y: 3 } });
    await page.locator('#lightbox[open]').click();
  });

  await t.test(
    'beside the thought is the chair: what the trader saw, and a choice in its place',
    async () => {
      await page.locator('[data-testid="private-reply"] [data-custom-id="v1:chair:mike"]').last().click();
      await page.getByText('all that the trader was told this turn').waitFor();
      const ann = rig.backlot.viewer('Ann');
      const { round } = show.state;
      const trade = page.locator(`select[data-custom-id="v1:chair-trade:mike/${round}"]`);
      await trade.selectOption('Bonds');
      const seat = () => store.hand.seat(ann.id, 'mike', round);
      await ann.until(() => (seat()?.trade === 'Bonds' ? true : undefined), { what: 'the choice' });
    },
  );

  await t.test(
    'the producer presses the red button, fills in a headline, and it is on the tape',
    async () => {
      await page.getByTestId('persona-switch').selectOption({ label: 'Producer' });
      await page.locator('[data-channel="green-room"]').first().click();
      await page.locator('[data-channel-view] .large-danger [data-custom-id="v1:chaos:"]').click();
      const form = page.getByTestId('form');
      await form.getByRole('textbox').fill('The vault was a painting');
      await form.getByRole('button', { name: 'Submit' }).click();
      await page.getByText('It is out').waitFor();
      assert.equal(store.show.audits('chaos', 1)[0]?.detail, 'The vault was a painting');
    },
  );

  await t.test('at the bell the bet is won or lost, and the chair is judged', async () => {
    const ann = rig.backlot.viewer('Ann');
    await rig.play(5);
    const result = store.chips.result('s1e1');
    assert.ok(result?.status === 'settled');
    const paid = result.payouts.find(({ member }) => member === ann.id)?.chips ?? 0;
    assert.equal(paid > 0, result.winners.includes('sarah'));
    assert.equal(show.audience.wallet(ann.id).chips, 950 + paid);
    assert.notEqual(store.hand.lastJudged(ann.id), null);
    await page.locator('[data-channel="the-floor"]').first().click();
    await page.getByText("The audience's hand in episode 1").first().waitFor();
  });
  assert.deepEqual(complaints, []);
});
