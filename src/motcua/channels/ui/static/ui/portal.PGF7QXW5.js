import{a as r,b as o,c as i,d as t,e as a,f as n,g as e,h as m,j as c}from"./part-chunk.XSZEXFAM.js";import"./part-chunk.COTGRCDO.js";c([r,o,i,t,a,n,e,m]);
