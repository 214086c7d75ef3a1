/** Servers for JUnit tests: started once per JVM, handed in as parameters. */
@NullMarked
package dev.headline.infra.junit;

import org.jspecify.annotations.NullMarked;
