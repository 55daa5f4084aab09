/**
 * The role that is pinged when bets open. The bot makes it and grants it nothing, so that giving it to whoever asks gives nobody
 * any power: a role that is there already might open channels.
 */
import { DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, type Guild } from 'discord.js';
import type { KeyValues } from '#show/ports/key-values.ts';
import { accepted, refused, type Result } from '#show/results.ts';
import { bellRole, setBellRole } from '#show/schedule/bell-call.ts';
import type { Show } from '#show/show.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';
import { makeOnce } from '../discord/make-once.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import type { Wording } from '../presentation/wording.ts';
import { heldOf } from './permissions.ts';
import type { TeardownReport } from './types.ts';

export const BELL_ROLE_NAME = 'Open Outcry bell';

/** `may_not`: the bot lacks Manage Roles. `off`: nobody is called here. `gone`: somebody deleted the role, or put it above the bot's. */
export type BellRefusal = 'may_not' | 'off' | 'gone';

export interface BellRoleDeps {
  guild: Guild;
  show: Show;
  keyValues: KeyValues;
  api: DiscordApi;
}

export class BellRole {
  readonly #deps: BellRoleDeps;

  constructor(deps: BellRoleDeps) {
    this.#deps = deps;
  }

  /** Makes the role, or takes the one that it made before. Rejects with Discord's error. */
  async switchOn(by: string): Promise<Result<string, BellRefusal>> {
    const { guild, show, keyValues, api } = this.#deps;
    const me = await guild.members.fetchMe();
    if (heldOf(me, [PermissionFlagsBits.ManageRoles]).length === 0) return refused('may_not');
    const find = () => this.#standing();
    const role =
      (await find()) ??
      (await makeOnce(
        () =>
          api.makeRole(guild.id, {
            name: BELL_ROLE_NAME,
            permissions: '0',
            // Whoever may ping every role needs no role that everybody may ping.
            mentionable: !me.permissions.has(PermissionFlagsBits.MentionEveryone),
          }),
        find,
      ));
    show.changeSetting({ bellRole: role }, by, () => setBellRole(keyValues, role));
    return accepted(role);
  }

  /** Calls nobody any more, and removes the role. Rejects with Discord's error, and then calls nobody either. */
  async switchOff(by: string): Promise<void> {
    const { guild, show, keyValues, api } = this.#deps;
    const role = bellRole(keyValues);
    if (role === null) return;
    show.changeSetting({ bellRole: null }, by, () => setBellRole(keyValues, null));
    try {
      await api.deleteRole(guild.id, role);
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownRole)) throw error;
    }
  }

  /** As a part of taking the stage down: what Discord refuses is added to the report, in the words of `told`. */
  async remove(by: string, told: Wording, report: TeardownReport): Promise<void> {
    if (bellRole(this.#deps.keyValues) === null) return;
    try {
      await this.switchOff(by);
      report.removed.push(`@${BELL_ROLE_NAME}`);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      const { why, cure } = discordRefusal(error, told);
      report.stayed.push(told.texts.teardown.stayed(`@${BELL_ROLE_NAME}`, why, cure));
    }
  }

  /** Gives a member the role, or takes it back: resolves to whether the member is called from now on. Rejects with Discord's error. */
  async toggle(member: string): Promise<Result<boolean, BellRefusal>> {
    const { guild, keyValues, api } = this.#deps;
    const role = bellRole(keyValues);
    if (role === null) return refused('off');
    try {
      const has = (await api.rolesOf(guild.id, member)).includes(role);
      await api.setRole(guild.id, member, role, !has);
      return accepted(!has);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      const { UnknownRole, MissingPermissions } = RESTJSONErrorCodes;
      if (hasCode(error, UnknownRole, MissingPermissions)) return refused('gone');
      throw error;
    }
  }

  /** Only one that grants nothing. */
  async #standing(): Promise<string | null> {
    const { guild, api } = this.#deps;
    const roles = await api.roles(guild.id);
    const ours = roles.find(
      ({ name, permissions, managed }) => name === BELL_ROLE_NAME && permissions === '0' && !managed,
    );
    return ours?.id ?? null;
  }
}
