/** A failure that is told to the user in a sentence, without a stack trace. */
export class Failure extends Error {}

/**
 * Runs a command's main function: a Failure is printed as its sentence, and
 * the process ends with what the function returns as exit code.
 */
export async function main(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(
      `\n${error instanceof Failure ? error.message : error.stack}`
    );
    process.exitCode = 1;
  }
}
