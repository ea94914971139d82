#ifndef FIBQ_CGMP_BASELINE_SHIM_H
#define FIBQ_CGMP_BASELINE_SHIM_H

#include <gmp.h>

#endif
