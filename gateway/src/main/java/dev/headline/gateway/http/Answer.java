package dev.headline.gateway.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets, in JSON: names in snake_case, ids as strings (a browser's numbers end at 53
 * bits), times as in ISO 8601. What is not there is left out; if it should be there, {@code
 * meta.degraded} says why it is not.
 *
 * <pre>{@code
 * a list         { "items": [...], "next_cursor": "...", "explain": {...}, "meta": {...} }
 * one content    { "content": {...}, "explain": {...}, "meta": {...} }
 * one user       { "user": {...}, "meta": {...} }
 * only a plan    { "explain": {...}, "meta": {...} }
 *
 * "meta": { "took_ms": 12, "request_id": "...", "trace_id": "...",
 *           "degraded": [ { "field": "Content.User_Info", "reason": "DEADLINE_EXCEEDED",
 *                           "message": "...", "missing": 3 } ] }
 * }</pre>
 *
 * {@code next_cursor} is left out on the last page, {@code explain} is there if it was asked for,
 * and {@code trace_id} if the request is recorded.
 */
sealed interface Answer {

  /** How the answer came about. */
  Meta meta();

  /** One page of a list. */
  record Page<T>(
      List<T> items, @Nullable String nextCursor, @Nullable Explanation explain, Meta meta)
      implements Answer {

    /** On the wire, no next page is an empty cursor; here it is none. */
    public Page {
      if (nextCursor != null && nextCursor.isEmpty()) {
        nextCursor = null;
      }
    }
  }

  /** One content with all that belongs to it. */
  record OneContent(ContentView content, @Nullable Explanation explain, Meta meta)
      implements Answer {}

  /** One user. */
  record OneUser(UserView user, Meta meta) implements Answer {}

  /** What would be loaded; nothing was. */
  record OnlyPlan(Explanation explain, Meta meta) implements Answer {}
}
