import"./part-chunk.ODWOBFME.js";import"./part-chunk.XSZEXFAM.js";import"./part-chunk.COTGRCDO.js";
