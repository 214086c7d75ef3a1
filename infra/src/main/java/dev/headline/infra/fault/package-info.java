/**
 * Faults of the way between two processes, switched at run time. Faults of a process itself are at
 * {@link dev.headline.infra.Server}.
 */
@NullMarked
package dev.headline.infra.fault;

import org.jspecify.annotations.NullMarked;
