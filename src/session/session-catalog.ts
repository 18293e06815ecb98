import { expectString } from "../common/expect-argument.ts";
import type { ViewRegistry } from "../query/view-registry.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";

/** The temporary views of a session. */
export class SessionCatalog {
  private readonly views: ViewRegistry;

  constructor(views: ViewRegistry) {
    this.views = views;
  }

  /** Their names, sorted. */
  listTables(): readonly string[] {
    return this.views.names;
  }

  tableExists(name: string): boolean {
    return this.views.get(expectString(name, "name")) !== null;
  }

  /** True if there was one. */
  dropTempView(name: string): boolean {
    return this.views.drop(expectString(name, "name"));
  }
}

refuseUnsupported(SessionCatalog.prototype, "Catalog");
