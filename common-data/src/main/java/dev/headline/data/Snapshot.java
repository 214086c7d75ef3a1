package dev.headline.data;

/**
 * What was read, and how new it is at least: it shows everything that was committed before that
 * position, and perhaps some of what came after.
 *
 * @param value what was read
 * @param asOf a position that the node which answered had reached before it was asked
 */
public record Snapshot<T>(T value, WalPosition asOf) {}
