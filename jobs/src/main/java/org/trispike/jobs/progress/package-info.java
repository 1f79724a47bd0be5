/** How a stage's progress reaches a person: a bar on a terminal, plain lines elsewhere. */
package org.trispike.jobs.progress;
