/**
 * user-service: who people are and whom they follow. {@code Wiring} shows all objects; a call goes
 * from {@code handler} through {@code logic}, where there is any, to {@code dal}.
 */
@NullMarked
package dev.headline.user;

import org.jspecify.annotations.NullMarked;
