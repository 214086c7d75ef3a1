package dev.headline.user.dal;

import java.time.Instant;

/**
 * A person, as kept.
 *
 * @param handle unique
 * @param displayName as shown to people
 */
public record Account(long id, String handle, String displayName, Instant createdAt) {}
