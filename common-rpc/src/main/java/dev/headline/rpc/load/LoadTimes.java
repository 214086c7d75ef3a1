package dev.headline.rpc.load;

/**
 * When a run took place.
 *
 * @param began in nanoseconds of the runner's clock
 * @param ended in nanoseconds of the runner's clock
 */
record LoadTimes(long began, long ended) {}
