#ifndef FIBQ_CMPFR_SHIM_H
#define FIBQ_CMPFR_SHIM_H

#include <gmp.h>
#include <mpfr.h>

#endif
