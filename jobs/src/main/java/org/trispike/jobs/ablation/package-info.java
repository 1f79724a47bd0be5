/** What an ablation compares, and the table that it ends with. */
package org.trispike.jobs.ablation;
