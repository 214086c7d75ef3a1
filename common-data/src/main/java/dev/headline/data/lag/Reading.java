package dev.headline.data.lag;

import dev.headline.data.WalPosition;

/**
 * What a node said of itself.
 *
 * @param replica whether it replays what another node writes
 * @param reached on a replica, up to where it has replayed; else up to where the log is safely
 *     written
 * @param received on a replica, up to where it has the log; else the same as {@code reached}
 * @param oldestRunning all transactions with a smaller number had ended, shortly before the rest of
 *     this was read
 * @param nextToRun no transaction had this number yet, at the same moment
 * @param nanos when it was asked, by the clock of whoever asked
 */
record Reading(
    boolean replica,
    WalPosition reached,
    WalPosition received,
    long oldestRunning,
    long nextToRun,
    long nanos) {}
