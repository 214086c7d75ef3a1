package dev.headline.gateway.http;

import dev.headline.user.v1.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user, as everybody may see one. */
record UserView(String id, String handle, String displayName, Instant createdAt) {

  static UserView of(User user) {
    return new UserView(
        Long.toString(user.getId()),
        user.getHandle(),
        user.getDisplayName(),
        Times.of(user.getCreatedAt()));
  }

  static @Nullable UserView ofNullable(@Nullable User user) {
    return user == null ? null : of(user);
  }
}
