/**
 * What is promised under faults, shown on real processes. Each scenario keeps to one discipline.
 * First the same load without a fault, which must be answered in full, or else the machine is too
 * busy to tell anything and the test says so ({@link dev.headline.rpc.fault.Conclusive}). Then the
 * fault, and a proof that it took effect. Then the promise, as a ratio or a count, never as a time.
 * And last the same with the guard off, which has to break the promise: else the test could not
 * fail.
 */
@NullMarked
package dev.headline.rpc.fault;

import org.jspecify.annotations.NullMarked;
