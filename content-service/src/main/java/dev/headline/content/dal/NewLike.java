package dev.headline.content.dal;

/**
 * A user likes a content.
 *
 * @param contentId what is liked
 * @param userId who likes it
 */
public record NewLike(long contentId, long userId) {}
