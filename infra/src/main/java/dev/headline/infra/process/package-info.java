/** Child processes that never outlive this JVM, and the account and machine they run on. */
@NullMarked
package dev.headline.infra.process;

import org.jspecify.annotations.NullMarked;
