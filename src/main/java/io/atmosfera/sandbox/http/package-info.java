/** What the simulated systems answer with: a server on the loopback address, requests, answers, JSON. */
@NullMarked
package io.atmosfera.sandbox.http;

import org.jspecify.annotations.NullMarked;
