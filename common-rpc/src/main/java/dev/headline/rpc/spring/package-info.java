/** Puts the library together in a Spring Boot application: the only Spring in this module. */
@NullMarked
package dev.headline.rpc.spring;

import org.jspecify.annotations.NullMarked;
