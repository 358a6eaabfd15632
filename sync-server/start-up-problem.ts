/** Something the person who starts the server can mend. `message` is one sentence for that person, with what to do. */
export class StartUpProblem extends Error {}
