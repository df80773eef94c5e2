/** What the harness puts into the process of the service, so that it dies at a named point. Uses the JDK alone. */
@NullMarked
package dev.modelmill.crash.agent;

import org.jspecify.annotations.NullMarked;
