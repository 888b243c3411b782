/** By this line a file is known as one that we wrote. */
export const completionMark = '# Completion of the moltbot command, as "moltbot completion" writes it.'
