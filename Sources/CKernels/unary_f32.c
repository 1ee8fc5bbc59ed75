#define _GNU_SOURCE
#include <math.h>

#include "internal.h"
#include "f32.h"

#define lgamma_with_sign_f32 lgammaf_r

#include "elementary.inc.h"
#include "trig.inc.h"
#include "unary.inc.h"
