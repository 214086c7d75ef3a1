/** The contract's side: checks what is asked, and speaks protobuf. */
@NullMarked
package dev.headline.content.handler;

import org.jspecify.annotations.NullMarked;
