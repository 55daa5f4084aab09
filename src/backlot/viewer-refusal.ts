import { refusals } from './discord-error.ts';

/** A member asked for something that cannot be done; the reason is for the member to read. */
export class ViewerRefusal extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'ViewerRefusal';
  }
}

/** The member lacks a permission. The `cause` is the answer that Discord's own client gets: 403 with code 50013. */
export function notPermitted(reason: string): ViewerRefusal {
  return new ViewerRefusal(reason, { cause: refusals.missingPermissions() });
}
