/** What is said of a file that a config names begins with where it is named. */

import { FirebreakError } from "../model/error.ts";

/** @param where `name:line:column` */
export async function placed<Read>(where: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FirebreakError)) throw error;
    throw new FirebreakError(error.code, `${where}: ${error.message}`, { hint: error.hint, cause: error });
  }
}
