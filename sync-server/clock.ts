/** The server's only way to know the time, so that tests can move it. */
export type Clock = () => Date;
