package org.almoner.agent.meter;

/**
 * What kind of machine this is, as far as it matters for the work it can do.
 *
 * @param os family and version of the operating system
 * @param arch instruction set, as Java names it
 * @param cpu the processor's own name for its model
 * @param cores processors the system offers, hyperthreads included
 * @param memoryBytes physical memory
 */
public record MachineFacts(String os, String arch, String cpu, int cores, long memoryBytes) {}
