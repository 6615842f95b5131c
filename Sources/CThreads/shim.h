// What glibc has for the processors of a thread, and shows to _GNU_SOURCE only, which Swift's Glibc is built without.
#ifndef PULSO_CTHREADS_SHIM_H
#define PULSO_CTHREADS_SHIM_H

#include <pthread.h>
#include <sched.h>

#ifdef __cplusplus
extern "C" {
#endif

int sched_getcpu(void);
int pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *processors);
int pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *processors);
int pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size, const cpu_set_t *processors);

#ifdef __cplusplus
}
#endif

#endif
