/** Says what it is, and says nothing of null. */
package org.almoner.architecture.planted.signs.unmarked;
