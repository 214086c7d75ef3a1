package dev.headline.rpc.balance;

/** A hash that spreads evenly and is the same in every process; not for secrets. */
public final class Hash {

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** The hash of a text: FNV-1a over its characters, mixed. */
  public static long of(CharSequence text) {
    long hash = FNV_BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Spreads neighbours far apart: the step of Steele, Lea and Flood's SplitMix. */
  static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to 1, excluded, that has nothing to do with {@link #mix} of the same value. */
  static double fraction(long value) {
    return (mix(mix(value) + 1) >>> 11) * 0x1p-53;
  }
}
