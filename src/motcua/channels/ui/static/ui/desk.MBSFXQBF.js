import"./part-chunk.SPVLYBBA.js";import"./part-chunk.IL6KCMV5.js";import"./part-chunk.COTGRCDO.js";
