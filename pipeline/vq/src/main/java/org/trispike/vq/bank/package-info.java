/**
 * Banks of class vectors as artefacts: a folder whose rows are mapped, not read, and a manifest
 * that was written last; docs/formats.md has the format. Knows local files alone: who writes a bank
 * elsewhere brings the streams.
 */
package org.trispike.vq.bank;
