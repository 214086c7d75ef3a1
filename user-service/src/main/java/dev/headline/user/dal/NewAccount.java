package dev.headline.user.dal;

/**
 * A person who may not have an account yet.
 *
 * @param handle tells one person from another
 * @param displayName as shown to people; counts only if the account is new
 */
public record NewAccount(String handle, String displayName) {}
