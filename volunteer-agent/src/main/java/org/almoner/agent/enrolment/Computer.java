package org.almoner.agent.enrolment;

/**
 * What a coordinator is told of this computer.
 *
 * @param os operating system family, e.g. {@code linux}
 * @param arch processor architecture, e.g. {@code amd64}
 * @param cores logical processors
 * @param memoryBytes physical memory
 */
public record Computer(String os, String arch, int cores, long memoryBytes) {}
