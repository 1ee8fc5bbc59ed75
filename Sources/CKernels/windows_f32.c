#include "internal.h"
#include "f32.h"

#include "windows.inc.h"
