/** What this machine lacks to run the servers, and the command that mends it. */
@NullMarked
package dev.headline.infra.doctor;

import org.jspecify.annotations.NullMarked;
