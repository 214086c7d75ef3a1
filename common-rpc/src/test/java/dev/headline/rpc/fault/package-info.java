/**
 * What is promised under faults, shown on real processes. Each scenario keeps to one discipline.
 * First the same load without a fault, which must be answered in full: if calls are only late, the
 * machine is too busy to tell anything and the test says so ({@link
 * dev.headline.rpc.fault.Conclusive}); if they fail in another way, the test fails. Then the fault,
 * and a proof that it took effect. Then the promise, as a ratio or a count, never as a time. And
 * last the same with the guard off, which has to break the promise: else the test could not fail.
 *
 * <p>One assertion has no such counterpart: that no call fails while an instance is slow ({@code
 * SlowInstanceTest}). Without guards none does either, since a call may wait for its only attempt
 * as long as its budget lasts. It shows that the guards do no harm of their own.
 */
@NullMarked
package dev.headline.rpc.fault;

import org.jspecify.annotations.NullMarked;
