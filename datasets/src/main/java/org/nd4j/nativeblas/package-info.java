/** One class that DL4J looks for in this package of ND4J, where ND4J no longer has it. */
package org.nd4j.nativeblas;
