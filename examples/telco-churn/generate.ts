import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  Bool,
  type DataType,
  Decimal,
  Int32,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import {
  Compression,
  Table as WasmTable,
  WriterPropertiesBuilder,
  writeParquet,
} from "parquet-wasm";
import { seededRandom } from "./seeded-random.ts";

const SEED = 20_240_229;
const FILES = 4;
const CUSTOMERS = 8_000;
/** More than two years of tenure. */
const LOYAL = 4_000;
const FIBER = 2_000;
const MONTHS_OF_TWO_YEARS = 24;
const LONGEST_TENURE = 72;

interface Customer {
  readonly customer_id: string;
  readonly gender: string;
  readonly senior_citizen: boolean;
  readonly partner: boolean;
  readonly tenure: number;
  readonly phone_service: boolean;
  readonly internet_service: string;
  readonly contract: string;
  readonly paperless_billing: boolean;
  readonly payment_type: string;
  /** In cents. */
  readonly monthly_charges: number;
  /** In cents. */
  readonly total_charges: number;
  readonly churn: boolean;
}

const PAYMENT_TYPES = ["Electronic check", "Mailed check", "Bank transfer", "Credit card"];
const CONTRACTS = ["Month-to-month", "One year", "Two year"];
const BASE_CENTS: { readonly [service: string]: number } = {
  "Fiber optic": 7_500,
  Satellite: 6_500,
  Cable: 5_500,
  DSL: 4_500,
  None: 1_900,
};
const OTHER_SERVICES = ["Satellite", "Cable", "Cable", "DSL", "DSL", "None", "None"];

const random = seededRandom(SEED);
const between = (low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));
const chance = (probability: number): boolean => random() < probability;
const pick = (from: readonly string[]): string => from[between(0, from.length - 1)] ?? "";

const folder = join(import.meta.dirname, "data");
await mkdir(folder, { recursive: true });
const customers = makeCustomers();
const perFile = CUSTOMERS / FILES;
for (let file = 0; file < FILES; file++) {
  const rows = customers.slice(file * perFile, (file + 1) * perFile);
  await writeFile(join(folder, `customers-${file}.parquet`), parquetOf(rows));
}

/** Half of the fiber customers are loyal, and so is half of the others. */
function makeCustomers(): readonly Customer[] {
  const kinds = Array.from({ length: CUSTOMERS }, (_, i) => ({
    fiber: i < FIBER,
    loyal: i % (CUSTOMERS / LOYAL) === 0,
  }));
  return shuffled(kinds).map(({ fiber, loyal }, i) => makeCustomer(i, fiber, loyal));
}

function makeCustomer(index: number, fiber: boolean, loyal: boolean): Customer {
  const tenure = loyal
    ? between(MONTHS_OF_TWO_YEARS + 1, LONGEST_TENURE)
    : between(1, MONTHS_OF_TWO_YEARS);
  const internet_service = fiber ? "Fiber optic" : pick(OTHER_SERVICES);
  const contract = loyal ? pick(CONTRACTS) : chance(0.75) ? "Month-to-month" : "One year";
  const payment_type = fiber && chance(0.4) ? "Electronic check" : pick(PAYMENT_TYPES);
  const monthly_charges = (BASE_CENTS[internet_service] ?? 0) + between(0, 500) * 5;
  const leaves = (contract === "Month-to-month" ? 0.35 : 0.08) + (fiber ? 0.1 : 0);
  return {
    customer_id: `C${String(index + 1).padStart(5, "0")}`,
    gender: chance(0.5) ? "Female" : "Male",
    senior_citizen: chance(0.16),
    partner: chance(0.48),
    tenure,
    phone_service: internet_service === "None" || chance(0.9),
    internet_service,
    contract,
    paperless_billing: chance(0.59),
    payment_type,
    monthly_charges,
    total_charges: tenure * monthly_charges - between(0, Math.floor(monthly_charges / 2)),
    churn: chance(leaves),
  };
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function parquetOf(rows: readonly Customer[]): Uint8Array {
  const texts = (name: keyof Customer): Vector => column(rows, name, new Utf8());
  const flags = (name: keyof Customer): Vector => column(rows, name, new Bool());
  const table = new Table({
    customer_id: texts("customer_id"),
    gender: texts("gender"),
    senior_citizen: flags("senior_citizen"),
    partner: flags("partner"),
    tenure: column(rows, "tenure", new Int32()),
    phone_service: flags("phone_service"),
    internet_service: texts("internet_service"),
    contract: texts("contract"),
    paperless_billing: flags("paperless_billing"),
    payment_type: texts("payment_type"),
    monthly_charges: cents(rows, "monthly_charges", 6),
    total_charges: cents(rows, "total_charges", 8),
    churn: flags("churn"),
  });
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setCreatedBy("telco-churn example")
    .build();
  return writeParquet(WasmTable.fromIPCStream(tableToIPC(table, "stream")), properties);
}

function column(rows: readonly Customer[], name: keyof Customer, type: DataType): Vector {
  return vectorFromArray(
    rows.map((row) => row[name]),
    type,
  );
}

/** A decimal column of two digits behind the point. */
function cents(rows: readonly Customer[], name: keyof Customer, precision: number): Vector {
  const words = new Uint32Array(rows.length * 4);
  rows.forEach((row, i) => {
    words[i * 4] = Number(row[name]);
  });
  return makeVector(
    makeData({
      type: new Decimal(2, precision, 128),
      length: rows.length,
      nullCount: 0,
      data: words,
    }),
  );
}
