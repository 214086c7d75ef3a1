package dev.headline.allinone.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws numbers. */
final class Draw {

  private Draw() {}

  /**
   * Distinct numbers from 0 on, by the first steps of a Fisher–Yates shuffle.
   *
   * @param count how many; 0 to {@code choices}
   * @param choices how many numbers there are to draw from
   * @param random decides; the same numbers come for the same sequence
   */
  static List<Integer> distinct(int count, int choices, Random random) {
    int[] numbers = new int[choices];
    for (int i = 0; i < choices; i++) {
      numbers[i] = i;
    }
    var drawn = new ArrayList<Integer>(count);
    for (int i = 0; i < count; i++) {
      int chosen = i + random.nextInt(choices - i);
      drawn.add(numbers[chosen]);
      numbers[chosen] = numbers[i];
    }
    return drawn;
  }

  /**
   * How much the one at a rank gets of what the first gets, by Zipf's law: half for the second, a
   * third for the third, when the exponent is 1.
   *
   * @param rank from 1 on
   * @param first what the first gets
   * @param exponent how steep it is; 0 gives everybody the same
   */
  static int zipf(int rank, int first, double exponent) {
    return (int) Math.round(first / Math.pow(rank, exponent));
  }
}
