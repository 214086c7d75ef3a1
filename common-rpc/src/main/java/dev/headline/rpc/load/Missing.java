package dev.headline.rpc.load;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.List;

/**
 * Values that could not be loaded, and why.
 *
 * @param field the field's name
 * @param keys how many keys have no answer; 0 if the deadline or a failure came before the keys
 *     were known
 * @param code the category of the reason
 * @param reason a sentence for people; holds nothing secret
 */
public record Missing(String field, int keys, RpcCode code, String reason) {

  static Missing of(Field<?, ?> field, int keys, RpcException why) {
    return new Missing(field.name(), keys, why.code(), String.valueOf(why.getMessage()));
  }

  /** Adds one; calls that failed for the same reason are told as one. */
  static void add(List<Missing> all, Missing more) {
    for (int i = 0; i < all.size(); i++) {
      Missing one = all.get(i);
      if (one.code == more.code && one.reason.equals(more.reason)) {
        all.set(i, new Missing(one.field, one.keys + more.keys, one.code, one.reason));
        return;
      }
    }
    all.add(more);
  }

  @Override
  public String toString() {
    String what = keys == 0 ? field : "%s of %d keys".formatted(field, keys);
    return "%s: %s, %s".formatted(what, code, reason);
  }
}
