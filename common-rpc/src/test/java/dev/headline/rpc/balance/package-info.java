@NullMarked
package dev.headline.rpc.balance;

import org.jspecify.annotations.NullMarked;
