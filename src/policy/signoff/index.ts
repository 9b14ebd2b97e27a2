/** Sign-offs: the door of this folder, behind which nothing is loaded before somebody has signed. */

export { parseAllowedSigners } from "./allowed-signers.ts";
export { openBook } from "./book.ts";
export { isSignable, signedPlanOf } from "./signed-plan.ts";
export { parseStatement, writeStatement } from "./statement.ts";
export { parseDuration } from "./validity.ts";
