@NullMarked
package dev.headline.rpc.spring;

import org.jspecify.annotations.NullMarked;
