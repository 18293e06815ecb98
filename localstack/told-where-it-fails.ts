/** Runs a command; where it fails, says why in place of a stack trace and ends with 1. */
export async function toldWhereItFails(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 1;
  }
}
