import { budgetSettings } from "../aws/cost/budget-settings.ts";
import { Session } from "../aws/session.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Session as AnySession } from "../session/session.ts";
import type { CommonOptions } from "./options.ts";
import { wrongUse } from "./wrong-use.ts";

/** The session that the options ask for: on this machine, or on an engine. */
export async function makeSession(options: CommonOptions): Promise<AnySession> {
  const { engine, region, budget: dollars, maxBytes: bytes } = options;
  const settings = {
    ...Object.fromEntries(options.settings),
    ...budgetSettings({ dollars, bytes }),
  };
  if (engine !== null)
    return Session.aws({ engine, settings, ...(region === null ? {} : { region }) });
  return asWrongUse(() =>
    Session.local({
      ...(options.workers === null ? {} : { workers: options.workers }),
      ...(options.memory === null ? {} : { memory: options.memory }),
      ...(options.events === null ? {} : { eventLog: options.events }),
      settings,
    }),
  );
}

/** Wrong values of options are wrong use, not errors of the query. */
export function asWrongUse<T>(make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    throw thrown instanceof AnalysisError ? wrongUse(thrown.message) : thrown;
  }
}
