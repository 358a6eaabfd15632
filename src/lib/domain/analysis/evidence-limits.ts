/** How sure one wants to be before a difference is said aloud: one in a hundred may still be chance. */
export const SURE = 0.01;
