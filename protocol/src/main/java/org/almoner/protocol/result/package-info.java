/**
 * What a finished unit leaves behind: the output bundle, its octets and its digest.
 *
 * <p>Knows neither disks nor what the files mean; streams come from the caller.
 */
@NullMarked
package org.almoner.protocol.result;

import org.jspecify.annotations.NullMarked;
