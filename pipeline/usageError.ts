/** The command line was used wrongly: exit code 2 and this sentence. */
export class UsageError extends Error {}
