/**
 * Frozen text and image encoders, and the action that stores their vectors beside each triplet. A
 * teacher's vector of a text or an image depends on that text or image alone.
 */
package org.trispike.datasets.teacher;
