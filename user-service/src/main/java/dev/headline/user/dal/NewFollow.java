package dev.headline.user.dal;

/**
 * One person follows another.
 *
 * @param followerId who follows
 * @param followeeId who is followed
 */
public record NewFollow(long followerId, long followeeId) {}
